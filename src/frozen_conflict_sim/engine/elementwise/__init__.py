"""Rules written for one number, evaluated for many at once: branches, NumPy's functions, and the arrays that allow both."""
