import { Pagination, Select } from 'smarthr-ui'
import { t } from '../i18n'

type Props = { total: number; page: number; size: number; onPage: (page: number) => void; onSize: (size: 50 | 100) => void }

/** Sticky foot of a list: what is shown of how many, 50 or 100 a page. */
export const Pager = ({ total, page, size, onPage, onSize }: Props) => {
  const pages = Math.max(1, Math.ceil(total / size))
  const from = total === 0 ? 0 : (page - 1) * size + 1
  return (
    <footer className="pager">
      <span className="k-sub">{t('pager.range', { from, to: Math.min(total, page * size), total })}</span>
      <Select
        aria-label={t('pager.size')} size="s" value={String(size)} onChangeValue={(v) => onSize(v === '100' ? 100 : 50)}
        options={['50', '100'].map((n) => ({ value: n, label: t('pager.each', { n }) }))}
      />
      <span className="k-push" />
      {pages > 1 && <Pagination total={pages} current={page} padding={2} onClick={onPage} />}
    </footer>
  )
}
