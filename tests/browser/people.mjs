// A file as a client company's payroll program exports it: CP932, CRLF, quoted where needed.
import { execFileSync } from 'node:child_process'

const surnames = [['髙橋', 'タカハシ'], ['山﨑', 'ヤマザキ'], ['佐藤', 'サトウ'], ['鈴木', 'スズキ'], ['渡邉', 'ワタナベ'], ['小林', 'コバヤシ'], ['中村', 'ナカムラ'], ['吉田', 'ヨシダ']]
const givens = [['花子', 'ハナコ', '女性'], ['一郎', 'イチロウ', '男性'], ['美咲', 'ミサキ', '女性'], ['健太', 'ケンタ', '男性'], ['由美', 'ユミ', '女性'], ['翔', 'ショウ', '男性'], ['恵子', 'ケイコ', '女性']]

export const wrong = { // line in the file → what is wrong with which column
  12: { column: '生年月日', value: '昭和65年1月1日', right: '昭和63年1月1日' },
  257: { column: '姓（カナ）', value: 'Takahashi', right: 'タカハシ' },
  400: { column: '雇用保険の被保険者番号', value: '1234', right: '5012-345678-9' },
}

export function employeeFile(rows = 500) {
  const heading = ['社員番号', '姓', '名', '姓（カナ）', '名（カナ）', '生年月日', '戸籍上の性別', '入社日', '部署', '雇用保険の被保険者番号']
  const lines = [heading]
  for (let i = 1; i <= rows; i += 1) {
    const [last, lastKana] = surnames[i % surnames.length]
    const [first, firstKana, sex] = givens[i % givens.length]
    const two = (n) => String(n).padStart(2, '0')
    lines.push([`E${String(i).padStart(4, '0')}`, last, first, lastKana, firstKana, `${1960 + (i % 40)}/${two(1 + (i % 12))}/${two(1 + (i % 28))}`, sex, `${2000 + (i % 25)}/04/01`, i % 3 ? '製造部' : '総務部, 本社', ''])
  }
  for (const [line, fault] of Object.entries(wrong)) lines[line - 1][heading.indexOf(fault.column)] = fault.value
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const text = lines.map((line) => line.map(quoted).join(',')).join('\r\n') + '\r\n'
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', 'CP932'], { input: text, maxBuffer: 1 << 26 })
}
