/** The built server in Neovim, as docs/editors/neovim.lua sets it up. */
import { testOtherEditor } from './other-editor.js';

const SCRIPT = `
local wanted = tonumber(vim.env.COUNT)
vim.cmd('filetype on')
vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
local function found() return #vim.diagnostic.get(0) >= wanted end
vim.wait(20000, found, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do
  io.stdout:write(('%d %s\\n'):format(each.lnum + 1, each.code or ''))
end
local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
  textDocument = vim.lsp.util.make_text_document_params(),
  position = { line = tonumber(vim.env.LINE) - 1, character = tonumber(vim.env.COLUMN) },
}, 10000)
io.stdout:write('hover: ' .. vim.json.encode(answers) .. '\\n')
vim.cmd(found() and 'qall!' or 'cquit!')
`;

testOtherEditor({
  name: 'Neovim',
  config: 'neovim.lua',
  script: { name: 'check.lua', text: SCRIPT },
  command: (config, script) => ['nvim', '--headless', '-u', config, '-n', '-c', `luafile ${script}`],
});
