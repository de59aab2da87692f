"""How good it is: question sets, metrics, baselines, report."""
