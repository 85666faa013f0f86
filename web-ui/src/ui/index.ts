// With the other files of this folder the only place that imports smarthr-ui. Everything else imports from here.
export {
  Button, Checkbox, FaAddressBookIcon, FaAngleDownIcon, FaAngleLeftIcon, FaAngleRightIcon, FaArrowRotateLeftIcon, FaBanIcon, FaBuildingIcon,
  FaCircleQuestionIcon, FaClipboardCheckIcon, FaClockRotateLeftIcon, FaCopyIcon, FaDatabaseIcon, FaDownLeftAndUpRightToCenterIcon, FaEllipsisIcon, FaFileArrowDownIcon, FaFileCsvIcon,
  FaGaugeIcon, FaGearIcon, FaGlobeIcon, FaUserClockIcon, FaHouseIcon, FaKeyIcon, FaLinkIcon, FaLockIcon, FaMagnifyingGlassIcon, FaPaperclipIcon, FaPenIcon, FaPlusIcon, FaPrintIcon, FaRightFromBracketIcon, FaRightLeftIcon,
  FaRotateIcon, FaShieldHalvedIcon, FaTrashCanIcon, FaUsersIcon, FaXmarkIcon, Fieldset, FormControl, FormDialog, Input, IntlProvider, RadioButton, Select,
  Stepper, Textarea, Th,
} from 'smarthr-ui'
export { ClientChip, Empty, Kbd, Kura, Note, Progress, Status, type ClientMark, type StatusKind } from './bits'
export { ConfirmDialog, DialogBand } from './ConfirmDialog'
export { DateBox, dateFaultText } from './DateBox'
export { FileDrop } from './FileDrop'
export * as format from './format'
export { sameName, searchForm, toAsciiNumber, toKatakana } from './kana'
export { useKey } from './keys'
export { MoreMenu, type Choice } from './MoreMenu'
export { Pager } from './Pager'
export { SortTh } from './SortTh'
export { Card, Facts, HelpLink, Page, SidePanel, type Fact } from './surfaces'
export { useTitle } from './title'
export { Toasts, toast } from './Toasts'
export { LeaveGuard, UnsavedBar, type Change } from './UnsavedBar'
export { eraYear, isIsoDate, parseDate, slashDate } from './wareki'
