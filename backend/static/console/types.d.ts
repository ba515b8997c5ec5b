export type Json = string | number | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}
