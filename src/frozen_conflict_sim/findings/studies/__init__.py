"""The shipped studies: a question, an experiment, and a finding in sentences that are computed from its results."""

from .lavrovs_wish import lavrovs_wish
from .railway import railway
from .study import STUDIES, Answer, Picture, Study
from .the_dilemma import integration_dilemma
from .the_mystery import the_mystery

__all__ = ["STUDIES", "Answer", "Picture", "Study", "integration_dilemma", "lavrovs_wish", "railway", "the_mystery"]
