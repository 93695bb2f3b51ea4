/** Columns of a line when the terminal does not say its own width, and the most that is used of a wide one. */
export const widest = 100;

/** Columns below which wrapping would harm more than it helps. */
export const narrowest = 40;

/** Characters of one typed line; a line beyond it is refused, because nothing a person types is that long. */
export const longestLine = 10_000;

/** Posted messages that can still be edited; older ones are forgotten first. */
export const rememberedMessages = 1_000;

/** Lines of a file that are printed. */
export const fileLines = 40;
