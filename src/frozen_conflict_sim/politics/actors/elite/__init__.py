"""The separatist elite: Sukhumi and Tskhinvali in the Georgian scenarios."""
