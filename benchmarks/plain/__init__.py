"""The shipped model as a plain program for one run: the declared rules, called with floats, one after the other.

The peers have it in common. It is generated from the schedule and the declarations as Python code with one local variable for
each number, as one would write it by hand; ``python -m benchmarks.plain`` prints it.
"""
