'use strict';

const { configureGlobal } = require('fast-check');

/** Every mutant meets the same random examples, so that its fate is the same in every run. Fewer are quicker. */
configureGlobal({ seed: 20_261, numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100), endOnFailure: true });
