"""The politics: who acts, what each actor wants, and what follows. Knows no files and no plots.

Whoever imports one of its modules has the whole catalogue, sealed.
"""

from . import catalogue as catalogue
