"""What several runs tell: two side by side, the typical one of a class, all of them without something."""
