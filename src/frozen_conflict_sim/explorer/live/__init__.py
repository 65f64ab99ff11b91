"""The live file: one HTML file in which the compiled model itself plays, without Python and without a network."""
