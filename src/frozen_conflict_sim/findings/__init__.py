"""The headline findings: what the model is said to show, as claims that are judged under every rule of choice.

``claims.py`` holds them, ``variants.yaml`` says in which worlds they are looked for, ``judging.py`` plays and judges.
"""
