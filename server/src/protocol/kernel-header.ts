/** What both ends must tell alike: the client starts the server for C that the server then reviews. */

const LINUX_INCLUDE = /^[ \t]*#[ \t]*include[ \t]*[<"](?:\.\.\/)*(?:include\/)?(?:uapi\/)?linux\//m;

/** Whether the text includes a header of the kernel, as source outside its tree does too. */
export function includesKernelHeader(text: string): boolean {
  return LINUX_INCLUDE.test(text);
}
