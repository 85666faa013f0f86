import { rich, t } from '../../i18n'
import '../own/own.css' // its numbered steps

const steps = ['1', '2', '3', '4', '5', '6'] as const

/** How a person puts the file into Windows: for whoever hands it over, and for the person. */
export const InstallGuide = () => (
  <>
    <p className="k-sub">{t('devices.guide_lead')}</p>
    <ol className="enrol install">
      {steps.map((step) => (
        <li key={step}><h3>{t(`devices.step.${step}`)}</h3><p>{rich(`devices.step.${step}_body`, { b: (text) => <b key="b">{text}</b> })}</p></li>
      ))}
    </ol>
  </>
)
