"""What follows from what: mechanisms give contributions to the changes of quantities. One idea a file, in six drawers."""
