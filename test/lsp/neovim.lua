-- Opens the file named by IOMMU_REVIEW_FILE with the server named by IOMMU_REVIEW_SERVER,
-- and prints its first diagnostics as one line of JSON.
local file = vim.env.IOMMU_REVIEW_FILE
vim.cmd('edit ' .. vim.fn.fnameescape(file))
local client = vim.lsp.start_client({
  name = 'iommu-review',
  cmd = { vim.env.IOMMU_REVIEW_NODE, vim.env.IOMMU_REVIEW_SERVER, '--stdio' },
})
vim.lsp.buf_attach_client(0, client)
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', {
  textDocument = vim.lsp.util.make_text_document_params(),
  position = { line = tonumber(vim.env.IOMMU_REVIEW_LINE), character = 25 },
}, 10000)
io.stdout:write(vim.json.encode({ diagnostics = vim.diagnostic.get(0), hover = hover, messages = vim.fn.execute('messages') }) .. '\n')
vim.lsp.stop_client(client)
vim.cmd('qall!')
