-- IOMMU Review in Neovim 0.7 and later, beside clangd where you have it.

local config = {
  name = 'iommu-review',
  cmd = { 'iommu-review-lsp', '--stdio' },
  root_dir = vim.fn.getcwd(),
  -- Settings, all of them as they are by default but for the last.
  init_options = {
    iommuReview = { scope = 'auto', minimumSeverity = 'hint', severity = { ['poor-comment'] = 'off' } },
  },
}

vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  pattern = { '*.mbox', '*.mbx', '*.eml', '*.cover' },
  command = 'setfiletype mail',
})

local client
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'c', 'diff', 'mail', 'gitsendemail' },
  callback = function(event)
    if vim.lsp.start then
      vim.lsp.start(config)
    else
      client = client or vim.lsp.start_client(config)
      vim.lsp.buf_attach_client(event.buf, client)
    end
    -- From Neovim 0.10 on, what a run that fails does on each line, with inlayHints = true among the settings:
    -- vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
  end,
})
