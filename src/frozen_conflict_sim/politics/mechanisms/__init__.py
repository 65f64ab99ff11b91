"""What follows from what: mechanisms change quantities. One idea a file, in six folders."""
