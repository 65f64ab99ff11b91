"""The shipped politics as a plain model of one run: the declared rules, called with floats, one after the other.

It is what the peers have in common. The turn is written out from the declarations as lines of Python with one local variable
for each number, as a patient author would write it by hand; ``python -m benchmarks.plain`` shows it.
"""
