"""What follows from what: every mechanism gives the contributions to the changes of quantities. One idea a file."""
