"""What a political scientist reads and changes: who acts, what each wants, what follows. Knows no files and no pictures."""
