/** WeChat's numbers for a refused privacy agreement, of the user and of the platform. */
const PRIVACY_ERRORS = new Set([103, 104, 112])

/** Whether an interface failed because WeChat's privacy agreement was refused, and not the permission itself. */
export function isPrivacyRefusal({ errMsg, errno }: { errMsg?: string; errno?: number }): boolean {
  return PRIVACY_ERRORS.has(errno ?? 0) || /privacy/i.test(errMsg ?? '')
}
