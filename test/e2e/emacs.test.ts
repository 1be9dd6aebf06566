/** The built server in Emacs, as docs/editors/emacs.el sets it up: eglot and flymake. */
import { testOtherEditor } from './other-editor.js';

/** What a person's typing sets off in the long run is called by name: there are no keys in a batch. */
const SCRIPT = `
(setq eglot-sync-connect 20)
(find-file (getenv "FILE"))
(apply #'eglot (eglot--guess-contact))
(flymake-start)
(defun found () (>= (length (flymake-diagnostics)) (string-to-number (getenv "COUNT"))))
(let ((end (+ (float-time) 20)))
  (while (not (or (found) (> (float-time) end)))
    (accept-process-output nil 0.05)))
(dolist (each (flymake-diagnostics))
  (string-match "\\\\[\\\\(.*?\\\\)\\\\]" (flymake-diagnostic-text each))
  (princ (format "%d %s\\n" (line-number-at-pos (flymake-diagnostic-beg each))
                 (match-string 1 (flymake-diagnostic-text each)))))
(goto-char (point-min))
(forward-line (1- (string-to-number (getenv "LINE"))))
(forward-char (string-to-number (getenv "COLUMN")))
(princ (format "hover: %s\\n"
  (replace-regexp-in-string "\\n" " "
    (format "%S" (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                  (eglot--TextDocumentPositionParams))))))
(kill-emacs (if (found) 0 1))
`;

testOtherEditor({
  name: 'Emacs',
  config: 'emacs.el',
  script: { name: 'check.el', text: SCRIPT },
  // Not -Q, which would leave out what Debian installs.
  command: (config, script) => ['emacs', '--batch', '-q', '-l', config, '-l', script],
});
