"""What all tests share: property tests draw the same examples every time, so that a failure can be met again."""

from hypothesis import settings

settings.register_profile("same_every_time", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("same_every_time")
