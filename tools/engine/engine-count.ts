/** How many private engines tests start side by side: a window or a build fills about one core and a half. A named engine is not shared. */
export const engineCount = process.env.LAYERDECK_TEST_ENGINE ? 1 : 2;
