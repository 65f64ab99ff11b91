"""Declarations: parameters, rules, decisions and populations, each registered under one name, then checked and sealed."""
