"""The findings: what the model is said to show, as claims that are judged under every rule of choice.

``all_findings.py`` declares them, ``variants.yaml`` the scenario variants they compare, ``judge.py`` runs and judges.
"""
