"""The pictures, one a file."""
