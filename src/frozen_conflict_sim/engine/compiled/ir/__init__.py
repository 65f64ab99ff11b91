"""Building intermediate code: symbols that trace rules, instructions of LLVM, and loops around them."""
