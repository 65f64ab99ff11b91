"""The trial of rules before declarations are sealed, in a sample of states."""
