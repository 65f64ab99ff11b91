"""Analysis of results: summaries, effects, comparisons, sensitivity, robustness, export."""
