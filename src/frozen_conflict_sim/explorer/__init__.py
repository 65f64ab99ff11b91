"""The explorer: a page on this machine on which a scenario is changed and played while one looks."""
