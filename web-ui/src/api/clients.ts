export type ClientSummary = { id: number; code: string; name: string; name_kana: string; state: string; colour: number }
export const hue = (c: { colour: number }) => c.colour + 1
export const useAllClients = () => ({ data: [] as ClientSummary[] })
