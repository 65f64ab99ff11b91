"""Who acts: what each may do and what each wants. One file a decision."""
