"""The politics: who acts, what each actor wants, and what follows. Knows no files and no plots."""
