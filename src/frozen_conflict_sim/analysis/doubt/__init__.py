"""Doubts that matter: what knowing a number is worth, what would turn a finding around, where experts disagree."""
