"""Anonymous readers: a proof of work buys a token, under which a budget is counted and nothing else."""
