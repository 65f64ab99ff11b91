"""The frame of residents' functions: going through blocks, adding up rows, listening to others."""

from __future__ import annotations

from .lines import SINGLE

LANES = SINGLE.width

FOLD = f"""
; Sums rows by halving, as words.ordered_sum does; the sum is left in the first row.
define internal void @fold(ptr %rows, i64 %count) {{
entry:
  %any = icmp ugt i64 %count, 1
  br i1 %any, label %round, label %done
round:
  %left = phi i64 [ %count, %entry ], [ %rest, %next ]
  %half = lshr i64 %left, 1
  br label %add
add:
  %at = phi i64 [ 0, %round ], [ %further, %add ]
  %other = add i64 %at, %half
  %here = getelementptr {SINGLE.number}, ptr %rows, i64 %at
  %there = getelementptr {SINGLE.number}, ptr %rows, i64 %other
  %one = load {SINGLE.number}, ptr %here, align 64
  %two = load {SINGLE.number}, ptr %there, align 64
  %both = fadd {SINGLE.number} %one, %two
  store {SINGLE.number} %both, ptr %here, align 64
  %further = add nuw nsw i64 %at, 1
  %more = icmp ult i64 %further, %half
  br i1 %more, label %add, label %tail
tail:
  %odd = and i64 %left, 1
  %is_odd = icmp ne i64 %odd, 0
  br i1 %is_odd, label %move, label %next
move:
  %end = sub i64 %left, 1
  %from = getelementptr {SINGLE.number}, ptr %rows, i64 %end
  %into = getelementptr {SINGLE.number}, ptr %rows, i64 %half
  %moved = load {SINGLE.number}, ptr %from, align 64
  store {SINGLE.number} %moved, ptr %into, align 64
  br label %next
next:
  %rest = add i64 %half, %odd
  %again = icmp ugt i64 %rest, 1
  br i1 %again, label %round, label %done
done:
  ret void
}}
"""

BLOCKS = """
; Goes through the blocks: each has its traits, its surroundings, its network and a place for answers.
define void @NAME(ptr %blocks, i64 %count, ptr noalias %passing, i64 %residents) {
entry:
  br label %block
block:
  %at = phi i64 [ 0, %entry ], [ %next, %block ]
  %row = shl i64 %at, 2
  %first = getelementptr ptr, ptr %blocks, i64 %row
  %second = getelementptr ptr, ptr %first, i64 1
  %third = getelementptr ptr, ptr %first, i64 2
  %fourth = getelementptr ptr, ptr %first, i64 3
  %traits = load ptr, ptr %first
  %around = load ptr, ptr %second
  %network = load ptr, ptr %third
  %answer = load ptr, ptr %fourth
CALLS
  %next = add nuw nsw i64 %at, 1
  %more = icmp ult i64 %next, %count
  br i1 %more, label %block, label %done
done:
  ret void
}
"""
CALL = "  call void @NAME(ptr %traits, ptr %around, ptr %network, ptr %passing, ptr %answer, i64 %residents)"


def write_listening(writer, heard: list[str], resident: str, degree: int) -> dict[str, str]:
    """What those say to whom a resident listens, added up tie by tie; what one says on all matters stands together."""
    wide, sums = SINGLE.number, {}
    start = writer.fresh()
    writer.text.append(f"  {start} = mul i64 {resident}, {degree}")
    for tie in range(degree):
        at, address, short, other, row = (writer.fresh() for _ in range(5))
        writer.text += [
            f"  {at} = add i64 {start}, {tie}",
            f"  {address} = getelementptr i32, ptr %network, i64 {at}",
            f"  {short} = load i32, ptr {address}, align 4",
            f"  {other} = zext i32 {short} to i64",
            f"  {row} = mul i64 {other}, {LANES * len(heard)}",
        ]
        for array, name in enumerate(heard):
            offset, place, value, total = (writer.fresh() for _ in range(4))
            writer.text += [
                f"  {offset} = add i64 {row}, {array * LANES}",
                f"  {place} = getelementptr float, ptr %passing, i64 {offset}",
                f"  {value} = load {wide}, ptr {place}, align 64",
            ]
            if tie:
                writer.text.append(f"  {total} = fadd {wide} {sums[name]}, {value}")
            sums[name] = total if tie else value
    return sums
