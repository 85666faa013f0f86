import { rich, t } from '../../i18n'
import { Kura } from '../../ui'

/** The dark half of the sign-in and set-up pages: a storehouse with a namako wall, drawn, so that no image file is needed. */
export const KuraSide = ({ office }: { office: string }) => (
  <aside>
    <div className="si-brand"><Kura size={44} /><span><b>{t('product.name')}</b><i>{t('product.latin')}</i></span></div>
    <p className="si-lead">{rich('product.lead', { br: () => <br key="br" /> })}</p>
    <svg className="si-kura" viewBox="0 0 480 340" aria-hidden="true">
      <defs>
        <pattern id="namako" width="40" height="40" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="40" height="40" fill="#1d3364" /><path d="M0 0h40M0 0v40" stroke="#e9e4d8" strokeWidth="7" />
        </pattern>
      </defs>
      <path d="M20 132 240 28l220 104v16H20z" fill="#0c1528" />
      <path d="M20 132 240 28l220 104" fill="none" stroke="#5570a8" strokeWidth="5" strokeLinejoin="round" />
      <path d="M64 148h352v82H64z" fill="#f3efe6" /><path d="M64 230h352v84H64z" fill="url(#namako)" />
      <path d="M64 230h352" stroke="#e9e4d8" strokeWidth="7" />
      <path d="M190 314V206a6 6 0 0 1 6-6h88a6 6 0 0 1 6 6v108z" fill="#e9e4d8" /><path d="M202 314V212h76v102z" fill="#14213d" />
      <path d="M240 212v102" stroke="#33497f" strokeWidth="2" />
      <circle cx="232" cy="264" r="3.5" fill="#d9a441" /><circle cx="248" cy="264" r="3.5" fill="#d9a441" />
      <path d="M214 166h52v18h-52z" fill="#14213d" />
      <path d="M222 166v18m9-18v18m9-18v18m9-18v18m9-18v18" stroke="#f3efe6" strokeWidth="2" />
      <circle cx="240" cy="96" r="17" fill="none" stroke="#a9b9d9" strokeWidth="3" />
      <path d="M240 84v24m-12-12h24" stroke="#a9b9d9" strokeWidth="3" /><path d="M0 314h480" stroke="#33497f" strokeWidth="2" />
    </svg>
    <small>{office}{office && '　'}{t('sign_in.server', { host: location.hostname })}</small>
  </aside>
)
