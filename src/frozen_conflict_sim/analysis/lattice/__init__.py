"""The lattice of motives: what every coalition of an actor's motives brings about, and what each motive contributes."""
