"""The dividing line: tension, clashes, war, and what protects a territory."""
