import {
  ActionIcon,
  Button,
  Checkbox,
  CheckboxGroup,
  createTheme,
  Menu,
  Modal,
  Popover,
  Radio,
  RadioGroup,
  Tabs,
  TextInput,
  Tooltip,
} from '@mantine/core';
import c from './theme.module.css';

/** Mantine's components in Layerdeck's clothes; the colours are all in tokens.css. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 3 },
  colors: {
    petrol: ['#e6f1ef', '#cfe4e1', '#a9cfca', '#67cabf', '#3fa79d', '#248a82', '#147770', '#0b6b66', '#085652', '#05423f'],
  },
  defaultRadius: '7px',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      classNames: { root: c.btn, section: c.btnSection },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', size: 28 }, classNames: { root: c.icon } }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs' },
      classNames: { input: c.check, icon: c.checkIcon, label: c.checkLabel, description: c.checkDescription },
    }),
    CheckboxGroup: CheckboxGroup.extend({ classNames: { label: c.label } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs' }, classNames: { label: c.checkLabel, description: c.checkDescription } }),
    RadioGroup: RadioGroup.extend({ classNames: { label: c.label } }),
    Tabs: Tabs.extend({ classNames: { tab: c.tab, list: c.tabList } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, withArrow: false, offset: 6, transitionProps: { duration: 80 } },
      classNames: { tooltip: c.tip },
    }),
    Menu: Menu.extend({
      // Without it the first item gets the focus, and the menu holds nothing but items.
      defaultProps: { withInitialFocusPlaceholder: false },
      classNames: { dropdown: c.menu, item: c.menuItem, label: c.menuLabel },
    }),
    Popover: Popover.extend({ classNames: { dropdown: c.menu } }),
    Modal: Modal.extend({ classNames: { content: c.modal, overlay: c.overlay } }),
    TextInput: TextInput.extend({
      classNames: { input: c.input, label: c.label, description: c.description, error: c.error },
    }),
  },
});
