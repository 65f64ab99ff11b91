"""What takes too long for the tests: programs that mistreat the simulator for minutes and say what came of it."""
