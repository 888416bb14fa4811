import {
  ActionIcon,
  Button,
  createTheme,
  Input,
  type MantineColorSchemeManager,
  NativeSelect,
  PasswordInput,
  TextInput,
} from '@mantine/core';

/** Sizes of our controls; the colours and measures behind them are in theme.css. */
export const theme = createTheme({
  respectReducedMotion: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 26 } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'xs' } }),
    InputWrapper: Input.Wrapper.extend({
      vars: () => ({
        label: { '--input-label-size': '12px', '--input-asterisk-color': 'inherit' },
        error: { '--input-error-size': '12px' },
        success: { '--input-success-size': '12px' },
        description: { '--input-description-size': '12px' },
      }),
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
  },
});

/** The theme is a setting of Regent's, kept by the main process; the page itself remembers nothing. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: (fallback) => fallback,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};
