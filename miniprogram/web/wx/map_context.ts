export function createMapContext(_id: string) {
  return {}
}
