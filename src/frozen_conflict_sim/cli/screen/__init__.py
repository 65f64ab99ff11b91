"""What is printed: tables of results on standard output, messages on standard error."""
