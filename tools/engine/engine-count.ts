/** How many private engines tests start side by side: a window or a build fills about one core and a half. One that is named is shared by none. */
export const engineCount = process.env.LAYERDECK_TEST_ENGINE ? 1 : 2;
