package io.holdfast.jmx.console;

import java.awt.Color;

/**
 * One line of a chart.
 *
 * @param label as the legend says it
 * @param strong drawn thicker than the others
 */
record Line(String label, Color color, boolean strong, Series series) {}
