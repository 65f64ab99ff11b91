"""What all plots share: the registry, the house style, axes with labels and dates, and drawing many into a folder."""
