export type SearchHit = { kind: 'client' | 'employee'; client_id: number; employee_id?: number; client_code: string; client_name: string; number?: string; name: string; kana: string; colour: number }
export const useSearch = (_text: string): { hits: SearchHit[]; waiting: boolean } => ({ hits: [], waiting: false })
