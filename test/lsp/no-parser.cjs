/** Preloaded into the server, it makes the native parser missing, as on a system without a prebuilt one. */
const Module = require('node:module');

const load = Module._load;
Module._load = function (request, ...rest) {
  if (request === 'tree-sitter') throw new Error('No native build was found for platform=none');
  return load.call(this, request, ...rest);
};
