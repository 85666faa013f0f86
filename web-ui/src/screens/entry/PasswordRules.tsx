import { t } from '../../i18n'
import { Status } from '../../ui'
import { order, type Policy, type Rule } from './password'
import './entry.css'

/** The rules, each ticked as soon as what is typed meets it. */
export const PasswordRules = ({ rules, policy }: { rules: Record<Rule, boolean>; policy: Policy }) => (
  <div className="si-rules">
    <p className="k-xs">{t('setup.rules')}</p>
    <ul>
      {order.map((rule) => (
        <li key={rule}><Status kind={rules[rule] ? 'done' : 'wait'}>{t(`setup.rule.${rule}`, policy)}
          <span className="k-sr">{rules[rule] ? t('setup.rule.met') : t('setup.rule.unmet')}</span></Status></li>
      ))}
    </ul>
    <p className="k-xs">{t('setup.common_hint')}</p>
    <p className="k-xs">{t('setup.passphrase_hint')}</p>
  </div>
)
