;; IOMMU Review in Emacs 28 and later, by eglot. It comes with Emacs 29; for 28
;; there is the package eglot of ELPA, or elpa-eglot of Debian.
;;
;; A buffer has one server in eglot: where you want clangd for C, leave c-mode
;; out here, or choose in a .dir-locals.el.

(require 'eglot)

(add-to-list 'eglot-server-programs
             '((c-mode diff-mode) . ("iommu-review-lsp" "--stdio")))
(add-to-list 'auto-mode-alist
             '("\\.\\(?:patch\\|mbox\\|mbx\\|eml\\|cover\\)\\'" . diff-mode))

(add-hook 'c-mode-hook #'eglot-ensure)
(add-hook 'diff-mode-hook #'eglot-ensure)

;; Settings, all of them as they are by default but for the last.
(setq-default eglot-workspace-configuration
              '(:iommuReview (:scope "auto"
                              :minimumSeverity "hint"
                              :severity (:poor-comment "off"))))
